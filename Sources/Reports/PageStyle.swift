/// How a page looks: light and dark as the reader has it, on a phone and on paper.
enum PageStyle {
  /// SHA-256 of the text, in Base64, by which the page's policy lets it count; a test computes it again.
  static let hash = "ZoU/yGDj+QEv4JPzmsoeD2BOneVPedJ7Yb08p4Dq/gA="

  static let text = #"""
    :root{color-scheme:light dark;--paper:#f6f7f9;--card:#fff;--ink:#1b2430;--soft:#55606e;--rule:#dfe3e8;--link:#0b5cad;
    --now:#b3261e;--now-bg:#fdecea;--window:#8a5300;--window-bg:#fdf1dc;--noted:#3c5a7d;--noted-bg:#e9eff6;
    --clean:#1d6b3c;--clean-bg:#e4f4ea;--unknown:#6a3fa0;--unknown-bg:#f1eafa;--bar:#7c9cc4;--bar-odd:#aac0dc}
    @media(prefers-color-scheme:dark){:root{--paper:#12161b;--card:#1a2027;--ink:#e4e8ed;--soft:#a2adb9;--rule:#303943;
    --link:#7db7f5;--now:#ff9d94;--now-bg:#43201d;--window:#f2bd6b;--window-bg:#3c2d12;--noted:#a9c4e4;--noted-bg:#23303f;
    --clean:#83d3a0;--clean-bg:#17351f;--unknown:#cbb0f2;--unknown-bg:#30243f;--bar:#5c7fab;--bar-odd:#3d5878}}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:76rem;padding:1.5rem 1.25rem 3rem;background:var(--paper);color:var(--ink);
    font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
    code{font:.93em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
    code,td,th,dd,li,p{unicode-bidi:isolate}
    a{color:var(--link);text-underline-offset:.15em}
    h1,h2,p,dl,dd,figure,ul,ol{margin:0;padding:0}
    h1{font-size:2rem;line-height:1.2;letter-spacing:-.01em}
    h2,.h{font-size:1.1rem;font-weight:600}
    header,section,.fold,.lock{background:var(--card);border:1px solid var(--rule);border-radius:10px}
    header,section{padding:1.25rem 1.5rem;margin:0 0 1rem}
    section>h2{margin:0 0 .75rem}
    header{border-top:5px solid var(--c)}
    header h1{color:var(--c)}
    .now{--c:var(--now);--b:var(--now-bg)}.window{--c:var(--window);--b:var(--window-bg)}
    .noted{--c:var(--noted);--b:var(--noted-bg)}.clean{--c:var(--clean);--b:var(--clean-bg)}
    .unknown{--c:var(--unknown);--b:var(--unknown-bg)}.plain{--c:var(--ink);--b:var(--paper)}
    .kind,.more,.sums,dt,figcaption,.range,.c,footer,output{color:var(--soft)}
    .kind{font-size:.85rem;letter-spacing:.04em}
    .lead{margin:.35rem 0 1rem;font-size:1.05rem;max-width:60rem}
    .facts{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem}
    .facts dd{font-weight:600}
    dt,.more,.sums,figcaption,.range,.c,footer{font-size:.87rem}
    .tiles{display:flex;flex-wrap:wrap;gap:1rem 2.2rem;margin-top:1.25rem;
    padding-top:1.1rem;border-top:1px solid var(--rule)}
    .tiles dd{font-size:1.45rem;font-weight:600;line-height:1.25;color:var(--c);white-space:nowrap}
    dd,td.n,.c,.range,.y{font-variant-numeric:tabular-nums}
    .search{display:flex;flex-wrap:wrap;align-items:center;gap:.6rem;margin:0 0 1rem;padding:0 .25rem}
    [hidden]{display:none!important}
    label{font-weight:600}
    input{flex:1 1 14rem;max-width:26rem;min-width:0;padding:.45rem .7rem;font:inherit;color:inherit;
    background:var(--card);border:1px solid var(--soft);border-radius:7px}
    input::placeholder{color:var(--soft);opacity:1}
    *:focus-visible{outline:2px solid var(--link);outline-offset:2px}
    .scroll{overflow:auto;margin:0 -.25rem;max-height:min(36rem,80vh);scrollbar-width:thin}
    table{border-collapse:collapse;width:100%;overflow-wrap:normal}
    th,td{padding:.42rem .6rem;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--rule)}
    tbody tr:last-child>*{border-bottom:0}
    tbody th{font-weight:600;overflow-wrap:anywhere;min-width:7rem}
    thead th{position:sticky;top:0;background:var(--card);vertical-align:bottom;color:var(--soft);font-size:.87rem;font-weight:600;white-space:nowrap;border-bottom:0;box-shadow:inset 0 -2px var(--rule)}
    td{min-width:3.5rem}
    td.n,thead th.n{text-align:right}
    td.n{white-space:nowrap}
    thead th.n{white-space:normal;min-width:3.6rem}
    tbody tr:hover{background:var(--paper)}
    [data-section=lockfiles] tbody th{min-width:20.5rem}
    [data-section=findings] td:nth-child(4){min-width:15rem;overflow-wrap:anywhere}
    [data-section=findings] td:nth-child(8){min-width:18rem;overflow-wrap:anywhere}
    [data-section=findings] td:nth-child(5){white-space:nowrap}
    thead button{all:unset;cursor:pointer}
    thead button:focus-visible{outline:2px solid var(--link);outline-offset:2px}
    thead button::after{content:"\a0\2195";opacity:.55}
    [aria-sort=ascending] button::after{content:"\a0\2191";opacity:1}
    [aria-sort=descending] button::after{content:"\a0\2193";opacity:1}
    .b{display:inline-block;padding:.05rem .5rem;border-radius:5px;white-space:nowrap;font-size:.84rem;font-weight:600;color:var(--c);
    background:var(--b)}
    i{color:var(--c);font-size:.87rem;margin-left:.5rem}
    .list{padding-left:1.2rem}
    .list li+li{margin-top:.3rem}
    summary+.list{margin-top:.5rem}
    .more{padding-top:.6rem}
    main>.more{padding:0 .25rem .75rem}
    .plot{display:grid;grid-template-columns:auto 1fr;gap:.25rem .6rem;margin-top:.75rem;font-size:.82rem;color:var(--soft)}
    .plot svg{width:100%;height:10rem;border-left:1px solid var(--rule);border-bottom:1px solid var(--rule)}
    .lock .plot svg{height:5rem}
    .y{display:flex;flex-direction:column;justify-content:space-between;text-align:right;line-height:1}
    .x,.range{display:flex;justify-content:space-between}
    .x{grid-column:2}
    .line{fill:none;stroke:var(--link);stroke-width:2;vector-effect:non-scaling-stroke}
    .area{fill:var(--link);opacity:.13}
    .bars{display:grid;grid-template-columns:max-content 1fr;gap:.4rem 1rem;align-items:center}
    .bars dd{display:flex;align-items:center;gap:.6rem}
    .bars svg{flex:1;width:0;height:.95rem}
    .bars span{min-width:2.5rem;text-align:right}
    rect{height:100%;fill:var(--bar)}
    rect.odd{fill:var(--bar-odd)}
    rect.now{fill:var(--link)}
    rect.u{fill:var(--soft)}
    summary{cursor:pointer}
    .fold{margin:0 0 1rem;padding:.9rem 1.5rem}
    .fold>summary>.c{margin-left:.6rem}
    .fold[open]>summary{margin-bottom:.75rem}
    .lock{padding:.5rem .9rem}
    .lock+.lock{margin-top:.4rem}
    .lock>summary>.b{min-width:6rem;text-align:center}
    .lock>summary>code{margin-left:.6rem}
    .lock>div{padding:.6rem .2rem .2rem}
    .lock .fold{border:0;border-top:1px solid var(--rule);border-radius:0;padding:.6rem 0;margin:.6rem 0 0}
    .sums{padding-bottom:.5rem}
    .tree ul{padding-left:1.4rem;border-left:1px solid var(--rule);margin-left:.35rem}
    .tree,.tree ul{list-style:none}
    .tree li{padding:.12rem 0}
    .tree span{padding-left:1.05rem}
    .tree .b{margin-left:.5rem}
    .tree .v>details>ul{border-color:var(--now)}
    .tree .s>details>ul{border-color:var(--window)}
    .time>summary,.range{display:grid;grid-template-columns:11rem 1fr 6rem;gap:.75rem;align-items:center;list-style:none}
    .range span:last-child{text-align:right}
    .range{grid-template-columns:1fr 1fr;margin:0 6.75rem .3rem 11.75rem}
    .time>summary{padding:.3rem 0}
    .time>summary::-webkit-details-marker{display:none}
    .time .c{text-align:right}
    .strip{width:100%;min-width:0;height:1rem;background:var(--paper);border-radius:3px}
    .strip rect{stroke:var(--card);stroke-width:1}
    .time ol{padding:.2rem 0 .6rem 2.4rem}
    .time ol li::marker{color:var(--soft)}
    footer{padding:.5rem .25rem}
    @media(max-width:40rem){body{padding:.75rem .6rem 2rem}header,section{padding:1rem}.fold{padding:.8rem 1rem}
    h1{font-size:1.6rem}.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(6rem,1fr));gap:.8rem 1rem}
    .tiles dd{font-size:1.2rem}.facts{flex-direction:column}th,td{padding:.4rem .5rem}
    .time>summary{grid-template-columns:1fr auto;gap:.1rem .5rem}.strip{grid-row:2;grid-column:1/3}.range{margin:0 0 .3rem}
    .tree ul{padding-left:.8rem}[data-section=lockfiles] tbody th{min-width:11rem}
    [data-section=findings] td:nth-child(4){min-width:11rem}[data-section=findings] :is(th,td):nth-child(8){display:none}}
    @media print{:root{--paper:#fff}body{max-width:none;padding:0;font-size:11px}.search,thead button::after{display:none}
    header,section,.fold,.lock{break-inside:auto;border-radius:0}tr,figure,li{break-inside:avoid}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}.scroll{overflow:visible;max-height:none}thead th{position:static}}

    """#
}
